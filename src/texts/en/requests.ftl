# What is wrong with a request before the service is asked.

## What a parameter must be

expected-whole-number = a whole number
expected-whole-number-from = a whole number from { $least }
expected-whole-number-between = a whole number from { $least } to { $most }
expected-number-up-to = a number from 1 to { $most }
expected-area-codes-exactly = { $count } code of an area
expected-area-codes-between = { $least } to { $most } different codes, separated by commas
expected-two-periods = two periods with a comma between, like TK-2023,TK-2024 or 2023-01-01..2023-07-01,2024-01-01..2024-07-01
expected-bounds = west,south,east,north in degrees, for example 107,15,109,16
expected-public-image-size = one of the sizes { $known } (width x height), at most { $most } pixels in all after "scale"; other sizes need a token

## Parameters that exclude or need one another, or are too much together

request-areas-of-one-level = Only areas of one level can be compared.
request-periods-or-group = Give either "periods" or "with", not both.
request-periods-beside-a-period = "periods" gives both periods: leave "window", "from" and "to" out.
request-periods-share-days = The two periods share days: an incident would be counted on both sides, so they cannot be compared.
request-group-of-one = This area of level { $level } has no other area in the group "{ $group }".
request-fit-without-area = "fit=area" needs "area" as well.
request-image-too-large = An image of { $pixels } pixels is too large: width × height × scale² is { $most } at most.
request-too-many-points = Too many points: with { $areas } areas each has at most { $most } steps. Ask for longer steps ("by"), a shorter period or fewer areas.

## What does not exist

request-nothing-at = There is nothing at the address { $address }.
request-no-area = The edition { $edition } has no area with the code "{ $code }".
request-no-model = There is no model with the id "{ $id }".
request-no-model-kind = The kind of the model "{ $id }" is no longer among the rules.
request-no-problem-kind = There is no problem of the kind "{ $name }".
request-no-file-format = No file has the format "{ $name }".
request-no-style = No style is called "{ $name }".
request-no-tileset = No tileset is called "{ $name }".
request-no-font = No font is called "{ $name }".
request-no-sprite = No sprite is called "{ $name }".
request-no-scheme = No scheme of tiles is called "{ $name }".
request-no-tile = No tile has this address.
expected-glyph-range = 256 signs from a multiple of 256, such as 0-255
request-no-zoom = Zoom { $zoom } is not served; { $least } to { $most } are.

## Why no tile can have an address

request-tile-numbers = z, x and y must be whole numbers from 0 up, without a suffix such as .png; .pbf and .mvt may follow
request-tile-outside = x or y lies outside the world
