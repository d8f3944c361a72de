"""The dialog turns what customers write, operators do and the clock says into messages, tickets and promises."""
