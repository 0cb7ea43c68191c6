"""Story to Doc: words, windows, one pass of the encoder, trees, roles, names and attributions."""
