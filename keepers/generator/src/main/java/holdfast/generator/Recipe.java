package holdfast.generator;

import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What is to be made. A recipe that exists can be made.
public sealed interface Recipe {
    Kind kind();

    /// The kinds there are.
    enum Kind {
        PASSWORD,
        PASSPHRASE,
        PIN,
        API_KEY,
        TOKEN,
        UUID,
        ENCRYPTION_KEY,
        KEY_PAIR
    }

    /// One set of characters a password draws from.
    ///
    /// @param characters no character twice, none in another class
    /// @param least      how many of them there must be
    record CharacterClass(String name, String characters, int least) {}

    /// @param length    4 to 256
    /// @param classes   at least one; their minima fit the length
    /// @param maxRepeat 0 for any; else no more equal characters in a row
    record Password(int length, List<CharacterClass> classes, int maxRepeat) implements Recipe {
        /// @throws Refusal INVALID
        public Password {
            classes = classes.stream().filter(one -> !one.characters().isEmpty()).toList();
            var wrong = new ArrayList<FieldError>();
            range(wrong, "/length", length, 4, 256);
            range(wrong, "/maxRepeat", maxRepeat, 0, 16);
            int least = classes.stream().mapToInt(CharacterClass::least).sum();
            int characters = classes.stream().mapToInt(one -> one.characters().length()).sum();
            if (classes.isEmpty() || characters < 2) {
                wrong.add(FieldError.of("/classes", "required", "at least two characters"));
            }
            if (least > length) {
                wrong.add(FieldError.of("/minimum", "too-many", "more than the length"));
            }
            refuse(wrong);
        }

        @Override
        public Kind kind() {
            return Kind.PASSWORD;
        }
    }

    /// @param words     3 to 20, from the 7,776 of the large list of the EFF
    /// @param separator up to 4 characters
    /// @param number    whether a digit follows one of the words
    record Passphrase(int words, String separator, boolean capitals, boolean number)
            implements Recipe {
        /// @throws Refusal INVALID
        public Passphrase {
            var wrong = new ArrayList<FieldError>();
            range(wrong, "/words", words, 3, 20);
            if (separator.length() > 4 || !separator.chars().allMatch(c -> c >= ' ' && c < 127)) {
                wrong.add(FieldError.of("/separator", "malformed", "at most 4 signs of ASCII"));
            }
            refuse(wrong);
        }

        @Override
        public Kind kind() {
            return Kind.PASSPHRASE;
        }
    }

    /// @param length 4 to 16 digits
    record Pin(int length) implements Recipe {
        /// @throws Refusal INVALID
        public Pin {
            var wrong = new ArrayList<FieldError>();
            range(wrong, "/length", length, 4, 16);
            refuse(wrong);
        }

        @Override
        public Kind kind() {
            return Kind.PIN;
        }
    }

    /// Random bytes, written out.
    ///
    /// @param kind   API_KEY, TOKEN or ENCRYPTION_KEY
    /// @param prefix up to 32 letters, digits, `_` and `-`; joined by `_`; empty for none
    /// @param bytes  16 to 128
    record Random(Kind kind, String prefix, int bytes, Encoding encoding) implements Recipe {
        /// @throws Refusal INVALID
        public Random {
            var wrong = new ArrayList<FieldError>();
            range(wrong, "/bytes", bytes, 16, 128);
            if (!prefix.matches("[A-Za-z0-9_-]{0,32}")) {
                wrong.add(
                        FieldError.of(
                                "/prefix", "malformed", "at most 32 of letters, digits, _ and -"));
            }
            refuse(wrong);
        }
    }

    /// How bytes are written.
    enum Encoding {
        BASE64,
        BASE64URL,
        HEX
    }

    /// @param version 4 (random) or 7 (by time)
    record Uuid(int version) implements Recipe {
        /// @throws Refusal INVALID
        public Uuid {
            if (version != 4 && version != 7) {
                throw Refusal.of(List.of(FieldError.of("/version", "not-one-of", "4 or 7")));
            }
        }

        @Override
        public Kind kind() {
            return Kind.UUID;
        }
    }

    record KeyPair(Algorithm algorithm, Form form, String comment) implements Recipe {
        /// @throws Refusal INVALID
        public KeyPair {
            if (!comment.matches("[\\x21-\\x7e ]{0,128}")) {
                throw Refusal.of(
                        List.of(
                                FieldError.of(
                                        "/comment", "malformed", "at most 128 signs of ASCII")));
            }
        }

        @Override
        public Kind kind() {
            return Kind.KEY_PAIR;
        }
    }

    /// Key pairs, with the strength in bits that NIST SP 800-57 part 1 (table 2) gives them.
    enum Algorithm {
        ED25519("Ed25519", "", 128),
        EC_P256("EC", "secp256r1", 128),
        EC_P384("EC", "secp384r1", 192),
        RSA_2048("RSA", "2048", 112),
        RSA_3072("RSA", "3072", 128),
        RSA_4096("RSA", "4096", 140);

        private final String family;
        private final String parameter;
        private final int bits;

        Algorithm(String family, String parameter, int bits) {
            this.family = family;
            this.parameter = parameter;
            this.bits = bits;
        }

        String family() {
            return family;
        }

        /// {@return the curve, or the length in bits}
        String parameter() {
            return parameter;
        }

        int bits() {
            return bits;
        }
    }

    /// What a key pair is for.
    enum Form {
        /// As OpenSSH reads them.
        SSH,
        /// PKCS #8 (RFC 5958) and SubjectPublicKeyInfo (RFC 5280), as PEM.
        TLS
    }

    private static void range(List<FieldError> wrong, String at, int value, int min, int max) {
        if (value < min || value > max) {
            wrong.add(
                    new FieldError(
                            at,
                            "out-of-range",
                            "%d to %d".formatted(min, max),
                            Map.of("min", String.valueOf(min), "max", String.valueOf(max))));
        }
    }

    private static void refuse(List<FieldError> wrong) {
        if (!wrong.isEmpty()) {
            throw Refusal.of(wrong);
        }
    }
}
