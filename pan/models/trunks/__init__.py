"""The CNNs under the attention, and their pretrained weights."""
