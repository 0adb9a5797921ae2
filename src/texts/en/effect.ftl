# What is said of the effect of a community model: what happened beside what happened elsewhere.
