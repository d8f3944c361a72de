"""What customers asked in vain becomes lines that an admin pastes into the content."""
