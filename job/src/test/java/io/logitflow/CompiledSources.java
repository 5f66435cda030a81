package io.logitflow;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Classes that a test states as source text, so that they may stand in packages that do not exist
 * and use libraries that are not there.
 */
final class CompiledSources {

  private static final Pattern NAME =
      Pattern.compile(
          "package ([\\w.]+);.*?(?:class|interface|record|enum) (\\w+)", Pattern.DOTALL);

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private static final List<String> OPTIONS =
      List.of("-proc:none", "--add-modules=jdk.incubator.vector");

  /** Kept open over all tests: opening every jar of the class path takes longer than compiling. */
  private static final StandardJavaFileManager FILES =
      COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8);

  private CompiledSources() {}

  /** Compiles whole files into a folder and imports what came of them. */
  static JavaClasses importInto(Path folder, String... sources) {
    StringWriter messages = new StringWriter();
    try {
      FILES.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean compiled =
        COMPILER
            .getTask(
                messages,
                FILES,
                null,
                OPTIONS,
                null,
                Arrays.stream(sources).map(SourceText::new).toList())
            .call();
    if (!compiled) {
      throw new UncheckedIOException(new IOException("does not compile: " + messages));
    }
    return new ClassFileImporter().importPath(folder);
  }

  /** A source file in memory. */
  private static final class SourceText extends SimpleJavaFileObject {

    private final String text;

    SourceText(String text) {
      super(URI.create("string:///" + fileName(text)), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }

    private static String fileName(String text) {
      Matcher matcher = NAME.matcher(text);
      if (!matcher.find()) {
        throw new IllegalArgumentException("expected a package and a type in: " + text);
      }
      return matcher.group(1).replace('.', '/') + "/" + matcher.group(2) + ".java";
    }
  }
}
