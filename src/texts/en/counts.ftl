# Counts with their noun: English knows a singular.

count-incidents = { $count ->
    [one] { $count } incident
   *[other] { $count } incidents
}
count-models = { $count ->
    [one] { $count } model
   *[other] { $count } models
}
