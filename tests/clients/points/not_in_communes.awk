# The ids of the categories of taxonomy.toml that no commune's count holds (never mapped, never shown below
# district, or found by police work), with commas between.
/^\[\[/ { id = ""; category = ($0 ~ /^\[\[category\]\]/) }
category && /^id *=/ { split($0, part, "\""); id = part[2] }
category && /^(unmapped|sensitive|detected) *= *true/ { list = list (list ? "," : "") id }
END { print list }
