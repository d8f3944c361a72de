"""An evaluation measures content or files, compares revisions, and shows what it found."""
