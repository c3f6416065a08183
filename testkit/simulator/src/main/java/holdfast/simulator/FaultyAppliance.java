package holdfast.simulator;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Puts the faults of time, transport and form between the wire and the appliance.
final class FaultyAppliance {
    /// Those that are not about one kind of content.
    private static final Set<FaultKind> MINE =
            EnumSet.of(
                    FaultKind.STATUS,
                    FaultKind.TOO_MANY_REQUESTS,
                    FaultKind.MID_WALK_401,
                    FaultKind.REDIRECT,
                    FaultKind.SLOW,
                    FaultKind.HOLD,
                    FaultKind.DROP,
                    FaultKind.RESET,
                    FaultKind.CUT,
                    FaultKind.TRICKLE,
                    FaultKind.ENDLESS,
                    FaultKind.TRUNCATED_JSON,
                    FaultKind.MALFORMED_JSON,
                    FaultKind.DEEP_JSON,
                    FaultKind.HUGE_NUMBER,
                    FaultKind.DUPLICATE_MEMBERS,
                    FaultKind.NOT_A_NUMBER,
                    FaultKind.NO_ELEMENTS,
                    FaultKind.NOT_FOUND_PAGE,
                    FaultKind.HUGE_STRING,
                    FaultKind.HALF_CHARACTER,
                    FaultKind.NOT_UTF_8,
                    FaultKind.HTML);

    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final World world;
    private final Tokens tokens;
    private final Rotations rotations;
    private final Router router;

    FaultyAppliance(World world, Tokens tokens, Rotations rotations, Router router) {
        this.world = world;
        this.tokens = tokens;
        this.rotations = rotations;
        this.router = router;
    }

    Answer answer(Request request) {
        rotations.tick();
        var striking =
                world.faults()
                        .striking(request, fault -> isMine(fault) && isTimely(fault, request));
        for (var fault : striking) {
            switch (fault.kind()) {
                case SLOW -> delay(fault, Duration.ofMillis(fault.number()));
                case HOLD -> delay(fault, FOR_EVER);
                case MID_WALK_401 -> tokens.kill(request);
                case DROP -> {
                    return new Answer(Reply.empty(200), new Delivery.Reset());
                }
                case STATUS -> {
                    return Answer.whole(Trouble.asIn(world.version(), status(fault.number())));
                }
                case TOO_MANY_REQUESTS -> {
                    return Answer.whole(tooMany(fault.number()));
                }
                case NOT_FOUND_PAGE -> {
                    return Answer.whole(Reply.html(404, "Not Found"));
                }
                case REDIRECT -> {
                    return Answer.whole(Reply.html(302, "Found").with("Location", fault.value()));
                }
                default -> {
                    // concerns the reply
                }
            }
        }
        return spoil(router.answer(request), striking);
    }

    private static boolean isMine(Fault fault) {
        return MINE.contains(fault.kind());
    }

    /// A walk's middle is any page after the first.
    private static boolean isTimely(Fault fault, Request request) {
        return fault.kind() != FaultKind.MID_WALK_401
                || request.query().matches("(.*&)?pageNumber=[1-9].*");
    }

    private void delay(Fault fault, Duration limit) {
        try {
            world.faults().delay(fault, limit);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    static Reply tooMany(int retryAfter) {
        var reply = status(429);
        return retryAfter == 0 ? reply : reply.with("Retry-After", Integer.toString(retryAfter));
    }

    private static Reply status(int status) {
        return switch (status) {
            case 401 ->
                    new Trouble(
                                    "TOKEN_NOT_FOUND",
                                    "AUTHENTICATION",
                                    "Token was not found or is not valid.")
                            .reply(401);
            case 403 -> new Trouble("FORBIDDEN", "AUTHORIZATION", "Forbidden").reply(403);
            case 429 ->
                    new Trouble("TOO_MANY_REQUESTS", "BAD_REQUEST", "Too many requests.")
                            .reply(429);
            case 502 -> Reply.html(502, "Bad Gateway");
            case 503 -> Reply.html(503, "Service Temporarily Unavailable");
            default ->
                    new Trouble(
                                    "INTERNAL_SERVER_ERROR",
                                    "INTERNAL_SERVER_ERROR",
                                    "Something went wrong.")
                            .reply(status);
        };
    }

    private static Answer spoil(Reply reply, List<Fault> striking) {
        var answer = Answer.whole(reply);
        for (var fault : striking) {
            var body = answer.reply().body();
            answer =
                    switch (fault.kind()) {
                        case TRUNCATED_JSON ->
                                Answer.whole(reply.withBody(body.substring(0, body.length() / 2)));
                        case MALFORMED_JSON ->
                                Answer.whole(reply.withBody(body.replace(':', ';') + "}]"));
                        case DEEP_JSON,
                                HUGE_NUMBER,
                                DUPLICATE_MEMBERS,
                                NOT_A_NUMBER,
                                HALF_CHARACTER,
                                NO_ELEMENTS ->
                                Answer.whole(reply.withBody(HostileJson.of(fault, body)));
                        case NOT_UTF_8 -> new Answer(answer.reply(), new Delivery.Latin());
                        case HUGE_STRING ->
                                new Answer(answer.reply(), new Delivery.LongString(fault.number()));
                        case HTML -> Answer.whole(Reply.html(200, "Please wait"));
                        case RESET -> new Answer(answer.reply(), new Delivery.Reset());
                        case CUT ->
                                new Answer(answer.reply(), new Delivery.Cut(cutAt(fault, body)));
                        case TRICKLE ->
                                new Answer(
                                        answer.reply(),
                                        new Delivery.Trickle(Duration.ofMillis(fault.number())));
                        case ENDLESS -> new Answer(answer.reply(), new Delivery.Endless());
                        default -> answer;
                    };
        }
        return answer;
    }

    private static int cutAt(Fault fault, String body) {
        return fault.value().isEmpty() ? body.length() / 2 : fault.number();
    }
}
