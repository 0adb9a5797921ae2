-- Asks for tiles under filters, for wrk:  wrk -s filters.lua URL -- CASE FIRST
-- CASE is a file of lines `word value`; FIRST is the number of the first request. The same number always gives the same
-- request, and no filter comes twice: numbers are mapped onto filters by a step that shares no divisor with their count.

local requests, filters, step, per_filter
local tiles, firsts, lasts, categories = {}, {}, {}, {}
local head, between, before_categories, tail = "", "", "", ""
local number = 0

local function read(path)
    local days, pairs_of_days, names, word_of = {}, {}, {}, {}
    for line in io.lines(path) do
        local word, value = line:match("^(%S+) ?(.*)$")
        if word == "tile" then tiles[#tiles + 1] = value
        elseif word == "day" then days[#days + 1] = value
        elseif word == "pair" then pairs_of_days[#pairs_of_days + 1] = value
        elseif word == "category" then names[#names + 1] = value
        else word_of[word] = value end
    end
    for place, pair in ipairs(pairs_of_days) do
        local first, last = pair:match("(%d+) (%d+)")
        firsts[place], lasts[place] = days[first + 1], days[last + 1]
    end
    for mask = 1, 2 ^ #names - 1 do
        local chosen, left = {}, mask
        for _, name in ipairs(names) do
            if left % 2 == 1 then chosen[#chosen + 1] = name end
            left = math.floor(left / 2)
        end
        categories[mask] = table.concat(chosen, ",")
    end
    return word_of
end

function init(args)
    local word_of = read(args[1])
    number = tonumber(args[2])
    step = tonumber(word_of.step)
    per_filter = tonumber(word_of.per_filter)
    filters = #firsts * #categories
    local headers = "\r\nHost: 127.0.0.1\r\nAccept-Encoding: " .. word_of.coding
    if word_of.token then headers = headers .. "\r\nAuthorization: Bearer " .. word_of.token end
    head = "GET " .. word_of.before_tile
    between, before_categories = word_of.before_last or "", word_of.before_categories or ""
    tail = (word_of.after or "") .. " HTTP/1.1" .. headers .. "\r\n\r\n"
    for place, tile in ipairs(tiles) do tiles[place] = head .. tile .. word_of.before_first end
    if filters == 0 then
        for place, tile in ipairs(tiles) do tiles[place] = tile .. tail end
    end
end

function request()
    local tile = tiles[number % #tiles + 1]
    if filters == 0 then
        number = number + 1
        return tile
    end
    local filter = (math.floor(number / per_filter) * step) % filters
    number = number + 1
    local pair, mask = filter % #firsts + 1, math.floor(filter / #firsts) + 1
    return tile .. firsts[pair] .. between .. lasts[pair] .. before_categories .. categories[mask] .. tail
end

function done(summary, latency, _)
    local failed = summary.errors
    io.write(string.format(
        "RESULT requests=%d bytes=%d microseconds=%d p50_us=%d p99_us=%d refused=%d broken=%d\n",
        summary.requests, summary.bytes, summary.duration, latency:percentile(50), latency:percentile(99),
        failed.status, failed.connect + failed.read + failed.write + failed.timeout
    ))
end
