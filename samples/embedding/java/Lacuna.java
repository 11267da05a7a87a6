import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * liblacuna from Java, through JNI (JDK 17).
 *
 * <pre>java -Djava.library.path=. Lacuna protocol.docx [key=value]...</pre>
 *
 * A document that is hostile enough to crash a reader takes the whole JVM with it: for those start
 * {@code lacuna worker} and talk to it in lines of JSON instead.
 */
public final class Lacuna {
    static {
        System.loadLibrary("lacuna_jni");
    }

    private Lacuna() {
    }

    /** What {@link #check} gives: the exit code of the command and the report. */
    public static final class Result {
        public final int exitCode;
        public final byte[] report;

        Result(int exitCode, byte[] report) {
            this.exitCode = exitCode;
            this.report = report;
        }
    }

    /**
     * Checks a document, folder or submission.
     *
     * @param path where it is
     * @param format json, text, sarif ...
     * @param options keys and values by turns, as in lacuna.h
     * @throws IllegalArgumentException with the library's message where the call is wrong
     */
    public static Result check(String path, String format, String... options) {
        int[] code = new int[1];
        byte[][] words = new byte[options.length][];
        for (int i = 0; i < options.length; i++) {
            words[i] = utf8(options[i]);
        }
        byte[] report = check0(utf8(path), utf8(format), words, code);
        return new Result(code[0], report);
    }

    /** UTF-8 with the NUL that C wants; the "modified UTF-8" of JNI is another encoding. */
    private static byte[] utf8(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static native byte[] check0(byte[] path, byte[] format, byte[][] options, int[] code);

    public static void main(String[] arguments) throws Exception {
        List<String> options = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            String[] pair = arguments[i].split("=", 2);
            options.add(pair[0]);
            options.add(pair[1]);
        }
        Result result = check(arguments[0], "json", options.toArray(new String[0]));
        System.out.write(result.report);
        System.out.flush();
        System.exit(result.exitCode);
    }
}
