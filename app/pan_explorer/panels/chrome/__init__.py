"""What frames the pages: toolbar, status line, messages, help, file exchange."""
