package holdfast.simulator;

import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Where all chance comes from: the same seed and key give the same choice, in whatever order they are asked for.
record Seed(long value) {
    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");

    RandomGenerator random(String key) {
        return GENERATORS.create(value * 0x9E37_79B9_7F4A_7C15L ^ hash(key));
    }

    String id(String key) {
        return id(random("id " + key));
    }

    /// A UUID of version 4, RFC 9562 §5.4.
    static String id(RandomGenerator random) {
        long most = (random.nextLong() & ~0xF000L) | 0x4000L;
        long least = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least).toString();
    }

    private static long hash(String key) {
        long hash = 0xCBF2_9CE4_8422_2325L; // FNV-1a, 64 bits
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100_0000_01B3L;
        }
        return hash;
    }
}
