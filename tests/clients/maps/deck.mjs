// What the page of deck.gl loads; draw.mjs bundles it with its packages.
import { Deck } from '@deck.gl/core';
import { CollisionFilterExtension, FillStyleExtension } from '@deck.gl/extensions';
import { MVTLayer } from '@deck.gl/geo-layers';

window.deck = { Deck, CollisionFilterExtension, FillStyleExtension, MVTLayer };
