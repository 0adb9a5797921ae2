# Counts with their noun.

count-incidents = { $count } vụ
count-models = { $count } mô hình
