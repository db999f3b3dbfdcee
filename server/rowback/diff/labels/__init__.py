"""What an edit touches: one small rule a label, with the words of the language where a rule needs them."""
