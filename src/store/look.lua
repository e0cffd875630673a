-- The oldest events that wait for a subject, to be decided now. Counts how often that was begun and no
-- event of it ended, so that one that brings its reader down again and again is known.
-- ARGV: subject, how many
-- Gives: how often the oldest was given out, then the events

local subject = ARGV[1]
local list = call('LRANGE', P .. 'waiting:' .. subject, 0, tonumber(ARGV[2]) - 1)
local times = #list > 0 and call('HINCRBY', P .. 'looked', subject, 1) or 0
return { times, unpack(list) }
