"""The networks at hand: the picker of the toolbar, and the dialog that manages them."""
