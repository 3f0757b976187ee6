"""What readers see, a file for each noun. Views read the clock and pass it down; nothing here writes."""
