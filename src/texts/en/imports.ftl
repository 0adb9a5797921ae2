# What the imports of the command line report. Reasons of rejects are English in both languages.

## Columns, as help says them

import-columns-needed = Columns that every file needs: { $columns }.
import-columns-possible = Columns that it may have: { $columns }.

## What was read

import-kind-boundaries = boundaries
import-kind-incidents = incidents
import-kind-models = models
import-kind-model-events = model events
import-kind-certifications = certifications
import-kind-residential-areas = residential-areas
import-kind-institutions = institutions
import-kind-decisions = decisions
import-kind-declarations = declarations
import-kind-movement-grades = movement-grades
import-kind-population = population
import-kind-exposures = exposures

## Rows

import-counts = { $kind }: read { $read }, accepted { $accepted }, updated { $updated }, unchanged { $unchanged }, rejected { $rejected }
import-dry-run = { $counts } (dry run: nothing was written)
import-rejected-for = rejected for { $what }: { $count }
import-reject-row = the row
import-rejects-of = rows of { $file } that were rejected:
import-reject = line { $line }, { $field } { $value }: { $reason }
import-reject-in-column = line { $line }, { $field } { $value } (column { $column }): { $reason }
import-rejects-file = all rejected rows: { $file }
import-more-rejects = and { $count } more; --rejects FILE lists them all
import-more = and { $count } more
import-sample-replaced = { $rows } sample rows replaced
import-ended = epoch { $epoch }, { $seconds } s
import-ended-unwritten = { $seconds } s
import-read-as = read as: { $said }
import-decimal-comma = numbers with a decimal comma
import-day-order = days in the order { $order }
import-comma-and-order = { $comma }, { $order }
import-crs = coordinates: read as { $system }, as { $by }
import-crs-by-file = the file declares
import-crs-by-option = --crs says
import-crs-against = --crs says against the file, which declares { $declared }
import-stock = stock { $window }: { $start } at the start + { $new } new + { $replicated } replicated − { $retired } retired { $sign } { $end } at the end, { $kept } kept throughout

## Incidents

import-places = places: { $points } with a point, { $communes } by commune, { $wider } by wider area, { $without } without
import-places-outside = outside every loaded area: { $outside }, of them { $near } within 1 km of one and { $abroad } outside Viet Nam
import-severity-assumed = severity assumed where the row says none: { $count } ({ $from }; a stored one stays)
import-severity-of-category = that of the category
import-severity-default = the default
import-severity-least = the least
import-days = incidents from { $first } to { $last }
import-days-span = { $from } up to before { $to }
import-listed = { $one }; { $next }
import-covered-nothing = covered: no day
import-covered-declared = covered, as declared: { $days }
import-covered = covered: { $days }, from the first to the last incident; --covers FROM..TO says it better
import-not-covered = not counted are incidents outside of the days covered ({ $first }, { $last }); --covers declares more

## Boundaries

import-level-commune = commune
import-level-district = district
import-level-province = province
import-boundaries = edition { $edition }, { $level }: { $areas } areas, { $km2 } km²
import-features = features: { $read } read, { $filtered } left out by --where
import-vertices = vertices: { $read } read, { $closed } added to close rings, { $repaired } by repair, { $stored } stored; { $repeated } of them repeat others on the map's grid; { $accounted }
import-vertices-accounted = every one is accounted for
import-vertices-unaccounted = SOME ARE NOT ACCOUNTED FOR
import-more-remarks = and { $more } more of this kind ({ $count } times{ $ground }); --format json tells each
import-residents = population: { $areas } areas, { $residents } residents, year { $year }
import-residents-ignored = residents: { $quoted } was not taken; --population { $attribute } takes it
import-districts-named = districts named by the file: { $count }
import-nesting = districts against their communes:
import-nesting-row = { $code } { $name }: { $km2 } km², { $communes } communes; { $outside } km² of them outside, { $uncovered } km² not covered
check-edition = edition { $edition }
import-boundary-errors = { $errors } error(s): nothing was imported
import-boundary-errors-repair = { import-boundary-errors }; --repair mends faults of geometry
import-nothing-written = nothing was written
import-stored = stored: { $new } new, { $changed } changed, { $unchanged } unchanged, { $removed } removed; epoch { $epoch }
