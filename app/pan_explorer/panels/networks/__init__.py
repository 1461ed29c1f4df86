"""The available networks: the picker in the toolbar, and the dialog that manages them."""
