# Clusters above the common level: what was found, and how.

clusters-label = Cluster { $number }: { $observed ->
    [one] { $observed } incident
   *[other] { $observed } incidents
}, expected { $expected }, p = { $p }
clusters-some = { $count ->
    [one] { $count } cluster lies above the common level, beyond chance (p ≤ { $level }).
   *[other] { $count } clusters lie above the common level, beyond chance (p ≤ { $level }).
}
clusters-none = No cluster goes beyond chance (p ≤ { $level }).
clusters-too-few-incidents = No scan for clusters: the areas with residents have fewer than 2 incidents.
clusters-no-zone = No scan for clusters: this level has a single area, or one area holds nearly all residents.
clusters-method = Clusters above the common level: Kulldorff's spatial scan (Poisson model), zones growing around each area up to half of the person-years; p from { $replicas } maps of chance with the same total (seed { $seed }). A cluster explains no cause.
