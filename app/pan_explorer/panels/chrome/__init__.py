"""The frame around the pages: toolbar, status line, messages, help, drop and clipboard."""
