# The ids of the categories of taxonomy.toml that say of themselves one of `flags` (-v 'flags=unmapped|detected'), with
# commas between.
BEGIN { said = "^(" flags ") *= *true" }
/^\[\[/ { id = ""; category = ($0 ~ /^\[\[category\]\]/) }
category && /^id *=/ { split($0, part, "\""); id = part[2] }
category && $0 ~ said { list = list (list ? "," : "") id }
END { print list }
