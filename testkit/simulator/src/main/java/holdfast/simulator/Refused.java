package holdfast.simulator;

/// A request that the appliance refuses; carries the reply.
final class Refused extends RuntimeException {
    private final transient Reply reply;

    Refused(Reply reply) {
        super("refused with " + reply.status());
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }

    static Refused badRequest(String message) {
        return new Refused(new Trouble("INVALID_INPUT", "BAD_REQUEST", message).reply(400));
    }

    static Refused notFound(String message) {
        return new Refused(new Trouble("RESOURCE_NOT_FOUND", "NOT_FOUND", message).reply(404));
    }
}
