package holdfast.testkit;

import holdfast.kernel.TenantId;
import holdfast.storage.Storage;
import holdfast.storage.StorageConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/// A program that writes without end and names each write after it was answered, until it is killed.
final class Child {
    private Child() {}

    static Process start(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] arguments) {
        var config = StorageConfig.sqlite(Path.of(arguments[0]));
        var database = Storage.open(config, TestDatabase.PROGRAM, List.of(Sample.NOTES));
        for (int thread = 0; thread < 4; thread++) {
            int mine = thread;
            Thread.ofPlatform()
                    .start(() -> {
                        for (int i = 0; ; i++) {
                            var title = "note " + mine + "/" + i + ".";
                            var id = new UUID(mine, i);
                            database.write(
                                    TenantId.DEFAULT,
                                    tx -> Sample.insert(tx, TenantId.DEFAULT, id, title));
                            System.out.println(title);
                        }
                    });
        }
    }
}
