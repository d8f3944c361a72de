"""The web room serves the widget, its protocol, the local desk and the pages around them."""
