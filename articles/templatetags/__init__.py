"""What templates of readers' pages may say about stories."""
