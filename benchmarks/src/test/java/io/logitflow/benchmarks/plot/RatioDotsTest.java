package io.logitflow.benchmarks.plot;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.benchmarks.Spread;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class RatioDotsTest {

  @Test
  void halfAndTwiceAreAsFarFromOne() throws Exception {
    Document plot = plot(Map.of("peer", new Spread(List.of(0.5, 1.0, 2.0))));

    List<Double> x = attributes(plot, "circle", "cx");
    assertThat(x).hasSize(3);
    assertThat(x.get(1) - x.get(0)).isEqualTo(x.get(2) - x.get(1)).isGreaterThan(50);
  }

  @Test
  void aBarEndsAtTheMedian() throws Exception {
    Document plot = plot(Map.of("peer", new Spread(List.of(1.0, 3.0, 4.0))));

    // The first rectangle is the background.
    double from = attributes(plot, "rect", "x").get(1);
    double width = attributes(plot, "rect", "width").get(1);
    List<Double> dots = attributes(plot, "circle", "cx");
    assertThat(from).isEqualTo(dots.get(0));
    assertThat(from + width).isEqualTo(dots.get(1));
  }

  @Test
  void anAxisGoesFromATickBelowAllToOneAbove() throws Exception {
    assertThat(ticks(0.83, 1.11)).startsWith("0.8").contains("1").endsWith("1.2");
    assertThat(ticks(1.7, 131)).startsWith("1").endsWith("200");
    assertThat(ticks(0.003, 2_000_000)).startsWith("0.001").contains("1").endsWith("10000000");
  }

  @Test
  void namesMayContainWhatXmlDoesNot() throws Exception {
    assertThat(texts(plot(Map.of("a < b & c", new Spread(List.of(1.5)))))).contains("a < b & c");
  }

  @Test
  void aVariantThatDidNotRunHasNoBar() throws Exception {
    Document plot = plot(Map.of("peer", new Spread(List.of())));

    assertThat(attributes(plot, "circle", "cx")).isEmpty();
    assertThat(texts(plot)).contains("peer");
  }

  private static List<String> ticks(double least, double greatest) throws Exception {
    return texts(plot(Map.of("peer", new Spread(List.of(least, greatest))))).stream()
        .filter(text -> text.matches("[0-9.]+"))
        .toList();
  }

  private static Document plot(Map<String, Spread> ratios) throws Exception {
    String svg = new RatioDots("title", List.of(new RatioDots.Row("row", ratios))).svg();
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<Double> attributes(Document plot, String tag, String name) {
    List<Double> values = new ArrayList<>();
    NodeList elements = plot.getElementsByTagName(tag);
    for (int i = 0; i < elements.getLength(); i++) {
      String value = ((Element) elements.item(i)).getAttribute(name);
      values.add(value.isEmpty() || value.endsWith("%") ? Double.NaN : Double.parseDouble(value));
    }
    return values;
  }

  private static List<String> texts(Document plot) {
    List<String> texts = new ArrayList<>();
    NodeList elements = plot.getElementsByTagName("text");
    for (int i = 0; i < elements.getLength(); i++) {
      texts.add(elements.item(i).getTextContent());
    }
    return texts;
  }
}
