"""The Telegram room turns updates into acts, and orders into messages, topics and buttons."""
