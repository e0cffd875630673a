-- Stands before every script. KEYS[1] is the prefix with its colon; every key begins with it.
-- A script reads and checks everything first: what it refuses has written nothing.

local P, ARGV = KEYS[1], ARGV
local call, unpack, tonumber, ipairs = redis.call, unpack, tonumber, ipairs

-- The key, when it holds what is going to be written to it; else the script ends here. Each is asked for once.
local expected = {}
local function expect(kind, key)
	if expected[key] ~= kind then
		local found = call('TYPE', key).ok
		if found ~= kind and found ~= 'none' then
			error({ err = 'CORRUPT ' .. key .. ' is a ' .. found })
		end
		expected[key] = kind
	end
	return key
end

local owner
local function is_owner(token)
	owner = owner or call('HGET', P .. 'owner', 'token')
	return owner == token
end

-- Candour's own events have identities of their own, so that nobody else's can shadow them.
local function seen_key(stream, identity)
	return P .. (stream == 'own' and 'seen:own:' or 'seen:') .. identity
end

-- The content that an identity is known with; or false. What a script has asked for all at once is not asked again.
local contents = {}
local function content_of(key)
	local content = contents[key]
	if content == nil then
		return call('GET', key)
	end
	return content
end

-- The stream on which an item first came, when it is still there to be finished; else nil. A waiting
-- one is kept as "UNTIL STREAM ID BYTES", and must be the oldest of its subject.
local function find_item(origin, item, bytes)
	if origin ~= 'waiting' then
		local entry = call('XPENDING', P .. origin, 'candour', item, item, 1)
		return #entry > 0 and origin or nil
	end
	local head = call('LINDEX', P .. 'waiting:' .. item, 0)
	if not head then
		return nil
	end
	expect('hash', P .. 'looked')
	expect('zset', P .. 'waits')
	local stream, at = head:match('^%d+ (%a+) %S+ ()')
	return head:sub(at) == bytes and stream or nil
end

-- Of a stream it may be several.
local function finish_item(origin, item, ...)
	if origin ~= 'waiting' then
		call('XACK', P .. origin, 'candour', item, ...)
		call('XDEL', P .. origin, item, ...)
		return
	end
	call('LPOP', P .. 'waiting:' .. item)
	call('HDEL', P .. 'looked', item)
	local head = call('LINDEX', P .. 'waiting:' .. item, 0)
	if head then
		call('ZADD', P .. 'waits', head:match('^%d+'), item)
	else
		call('ZREM', P .. 'waits', item)
	end
end

-- How every end of an item begins: gives the stream on which it came; or nil, and what the script answers. What
-- came before is ended here. An empty identity: it is no event.
local function take_up(token, origin, item, bytes, identity, content)
	if not is_owner(token) then
		return nil, 'FENCED'
	end
	local stream = find_item(origin, item, bytes)
	if not stream then
		return nil, 'GONE'
	end
	local before = identity ~= '' and content_of(seen_key(stream, identity))
	if not before then
		return stream
	end
	if before ~= content then
		return nil, 'CONFLICT'
	end
	finish_item(origin, item)
	return nil, 'SEEN'
end

-- True when a subject ("case/C1") that events wait for has become known.
local function is_known(subject)
	local kind, id = subject:match('^(%a+)/(.+)$')
	return call('EXISTS', P .. kind .. ':' .. id) == 1
end

-- How long an identity is remembered: 400 days, as the contract says; Candour's own are never older
-- than a look.
local function remember(stream, identity, content)
	local ms = stream == 'own' and '172800000' or '34560000000'
	call('SET', seen_key(stream, identity), content, 'PX', ms)
end

-- All of id, kind, subject and time are made of characters that JSON takes as they are.
local function add_own(id, kind, subject, time, data)
	call('XADD', P .. 'own', '*', 'event', '{"specversion":"1.0","id":"' .. id ..
		'","source":"candour","type":"' .. kind .. '","subject":"' .. subject ..
		'","time":"' .. time .. '","data":' .. data .. '}')
end

-- The states of a message that are a sorted set of its channel.
local SETS = { waiting = true, ready = true, claimed = true, handing_over = true, unknown = true }

-- ... and those in which nobody here can say whether it has left.
local MAY_HAVE_LEFT = { handing_over = true, unknown = true }

local function out_key(channel, state)
	return P .. 'out:' .. channel .. ':' .. state
end

local function expect_outbox(channel)
	for state in pairs(SETS) do
		expect('zset', out_key(channel, state))
	end
	expect('stream', P .. 'own')
end

local function push(list, one, other)
	local n = #list
	list[n + 1], list[n + 2] = one, other
end

-- The id of the oldest entry that a stream still has; or nil.
local function oldest_entry(stream)
	local first = call('XRANGE', P .. stream, '-', '+', 'COUNT', 1)[1]
	return first and first[1]
end

local function entry_parts(id)
	local at, n = id:match('^(%d+)-(%d+)$')
	return tonumber(at), tonumber(n)
end

-- By the ids of entries.
local function is_after(a, b)
	local a_at, a_n = entry_parts(a)
	local b_at, b_n = entry_parts(b)
	return a_at > b_at or (a_at == b_at and a_n > b_n)
end

-- Values for a command that takes any number, gathered by its key: one, or two that go together.
local function gather(lists, key, one, other)
	local list = lists[key]
	if not list then
		list = {}
		lists[key] = list
	end
	push(list, one, other)
end

-- Out of sorted sets and into them, each written once.
local function write_places(leaving, coming)
	for key, ids in pairs(leaving) do
		call('ZREM', key, unpack(ids))
	end
	for key, places in pairs(coming) do
		call('ZADD', key, unpack(places))
	end
end

-- The only place where a message changes its state: out of one set, into the next, with its fields. The sets are
-- written by end_moves, each once for all messages: before a script reads them, and at its end.
local moving = {}
local function move(id, channel, from, to, score, ...)
	local m = moving[id]
	if m then
		m.to, m.score = to, score
	else
		moving[id] = { channel = channel, from = from, to = to, score = score }
	end
	call('HSET', P .. 'msg:' .. id, 'state', to, ...)
end

local function end_moves()
	local leaving, coming = {}, {}
	for id, m in pairs(moving) do
		if SETS[m.from] and m.from ~= m.to then
			gather(leaving, out_key(m.channel, m.from), id)
		end
		if SETS[m.to] then
			gather(coming, out_key(m.channel, m.to), m.score, id)
		end
	end
	write_places(leaving, coming)
	moving = {}
end

-- What a record is about: a family, or a service whose desk it is.
local function subject_of(record)
	local desk = record:match('^desk:(.+)$')
	return desk and 'service/' .. desk or 'family/' .. record
end

-- A number as text: Redis prints one with all its digits, which takes longer.
local function digits(n)
	return string.format('%.0f', n)
end

-- What came of a message, as an event: m holds its family, case and attempt.
local function add_outcome(id, m, outcome, time, data)
	local subject = m.case ~= '' and 'case/' .. m.case or subject_of(m.family)
	data.message = id
	data.attempt = tonumber(m.attempt)
	add_own(id .. '.' .. m.attempt .. '.' .. outcome, 'message.' .. outcome, subject, time,
		cjson.encode(data))
end

-- Of a message's fields those that are whole numbers.
local NUMBERS = { attempt = true, tried = true, tries = true, unused = true, order = true, useless = true,
	followed = true }

-- Some fields of a message by name; missing ones are empty. Nil when it is damaged: no message at all, or a number
-- that is none. So it is known before anything is written that depends on it.
local function read_message(id, ...)
	local values = redis.pcall('HMGET', P .. 'msg:' .. id, ...)
	if values.err then
		return nil
	end
	local m = {}
	for i, name in ipairs({ ... }) do
		local value = values[i] or ''
		if NUMBERS[name] and value:find('%D') then
			return nil
		end
		m[name] = value
	end
	return m
end

local function may_try_again(m)
	return (tonumber(m.tried) or 0) < (tonumber(m.tries) or 0)
end

-- Takes what is damaged, or not there, out of all sets, so that it holds up no other. The auditor names it.
local function drop(id, channel)
	for state in pairs(SETS) do
		call('ZREM', out_key(channel, state), id)
	end
end

-- After a restore from a back-up nobody decides, nothing is claimed and nothing leaves until a person lets
-- it go: what is here may be older than what was said.
local function is_held()
	return call('EXISTS', P .. 'hold') == 1
end
