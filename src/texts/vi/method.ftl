# The sheet that says how the numbers were made.
