# Why the service gives no answer: what is wrong with the question and what would be right.
