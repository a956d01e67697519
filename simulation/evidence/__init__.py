"""What the model is held against: published figures and patterns as data, and the runs that test them."""
