# The page of a shared view, the page of methods, and oEmbed.

## The page of a shared view

share-safety-map = Safety map of Quảng Nam
share-open-map = Open the map
share-map-image = Map: { $title }
share-release = { $release }.
share-sample = Sample data.
share-released-only = Only released windows can be shared; shown is { $window }.
expected-share-id = an address that the map page has made for sharing

## The page of methods

methods-title = Methods
methods-other-language = Tiếng Việt

## oEmbed

oembed-url = an address of this map page, for example one made by its Share button
oembed-url-elsewhere = The address "{ $url }" is no map of this server.
oembed-json-only = oEmbed is offered here as JSON only.
oembed-needs-public-url = The server does not know its public address, so it cannot make a frame. Set public_url in its configuration.
style-needs-public-url = The server does not know its public address, so the addresses in a style would mean nothing to other programs. Set public_url in its configuration.
tilejson-needs-public-url = The server does not know its public address, so tile addresses would mean nothing to other programs. Set public_url in its configuration.
