"""The application: channels, storage and wiring around the talk between customers, the bot and operators."""
