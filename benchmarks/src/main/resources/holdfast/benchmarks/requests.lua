-- What wrk sends: arguments are the case, the folder with `token` and `ids`, the items of a batch, and a name for what is
-- made in this run. Each thread walks the secrets from a place of its own.
local THREADS = 2
local ids, case, items, run, at, made = {}, nil, 0, nil, 0, 0
local value = string.rep("x", 100)
local threads = 0

-- `number` is a global of each thread: a local of this script would be another one.
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  case, items, run = arguments[1], tonumber(arguments[3]), arguments[4]
  for line in io.lines(arguments[2] .. "/ids") do ids[#ids + 1] = line end
  wrk.headers["Authorization"] = "Bearer " .. io.open(arguments[2] .. "/token"):read("*l")
  wrk.headers["Content-Type"] = "application/json"
  at = math.floor(#ids / THREADS) * number
end

local function id()
  at = at + 1
  return ids[(at - 1) % #ids + 1]
end

local function secret()
  made = made + 1
  return '{"service":"bench/' .. run .. "/" .. made % 100 .. '","account":"t' .. number .. "n" .. made
    .. '","value":"' .. value .. '"}'
end

local function batch(item)
  local all = {}
  for i = 1, items do all[i] = item() end
  return '{"items":[' .. table.concat(all, ",") .. "]}"
end

local cases = {
  ping = function() return wrk.format("GET", "/api/ping") end,
  read = function() return wrk.format("GET", "/api/secrets/" .. id() .. "/value") end,
  write = function() return wrk.format("POST", "/api/secrets", nil, secret()) end,
  encrypt = function()
    return wrk.format("POST", "/api/keys/bench/encrypt", nil, '{"plaintext":"' .. string.rep("QUJD", 33) .. '"}')
  end,
  ["batch-read"] = function()
    return wrk.format("POST", "/api/secrets/batch/read", nil, batch(function() return '{"id":"' .. id() .. '"}' end))
  end,
  ["batch-write"] = function() return wrk.format("POST", "/api/secrets/batch/create", nil, batch(secret)) end,
}

function request() return cases[case]() end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99),
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
