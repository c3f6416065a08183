package holdfast.simulator;

/// A reply and how it is sent.
record Answer(Reply reply, Delivery delivery) {
    static Answer whole(Reply reply) {
        return new Answer(reply, new Delivery.Whole());
    }
}
