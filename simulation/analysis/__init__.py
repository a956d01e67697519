"""What is made of results: figures now, comparisons and reports later."""
