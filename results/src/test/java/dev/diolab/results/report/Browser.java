package dev.diolab.results.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A page in a headless Chromium, spoken to by the DevTools protocol. Whatever takes longer than a
 * minute fails. Thread safety: none.
 */
final class Browser implements AutoCloseable {
  private static final String ADDRESS = "DevTools listening on ";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<JsonNode> arrived = new LinkedBlockingQueue<>();
  private final List<JsonNode> events = new ArrayList<>();
  private @Nullable WebSocket socket;
  private int calls;

  private Browser(Process process) {
    this.process = process;
  }

  /**
   * Starts a browser with an empty page.
   *
   * @param profile a directory for what the browser keeps
   * @throws IOException if there is no chromium
   */
  static Browser start(Path profile) throws IOException, InterruptedException {
    Browser browser =
        new Browser(
            new ProcessBuilder(
                    "chromium",
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--remote-debugging-port=0",
                    "--user-data-dir=" + profile,
                    "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    try {
      browser.connect(browser.address());
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      browser.process.destroyForcibly();
      throw e;
    }
    return browser;
  }

  /** Where the browser listens; it says so when it does. */
  private String address() throws IOException {
    BufferedReader messages =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));
    for (String line = messages.readLine(); line != null; line = messages.readLine()) {
      if (line.startsWith(ADDRESS)) {
        drain(messages);
        return line.substring(ADDRESS.length()).strip();
      }
    }
    throw new IOException("chromium ended before it listened");
  }

  private static void drain(BufferedReader messages) {
    Thread.ofVirtual().start(() -> messages.lines().forEach(ignored -> {}));
  }

  private void connect(String address) throws InterruptedException {
    socket = socket(address);
    String target =
        call("Target.createTarget", Map.of("url", "about:blank")).get("targetId").asText();
    socket = socket(address.replaceFirst("/devtools/.*", "/devtools/page/" + target));
    call("Page.enable", Map.of());
    call("Page.setLifecycleEventsEnabled", Map.of("enabled", true));
    call("Network.enable", Map.of());
  }

  private WebSocket socket(String address) {
    return client
        .newWebSocketBuilder()
        .buildAsync(URI.create(address), new Listener())
        .orTimeout(1, TimeUnit.MINUTES)
        .join();
  }

  /** Opens an address and waits until all of it is loaded and its scripts have run. */
  void open(String address) throws InterruptedException {
    events.clear();
    JsonNode loader = call("Page.navigate", Map.of("url", address)).path("loaderId");
    while (events.stream().noneMatch(event -> isLoaded(event, loader))) {
      events.add(next());
    }
  }

  private static boolean isLoaded(JsonNode event, JsonNode loader) {
    return isCalled(event, "Page.lifecycleEvent")
        && event.at("/params/name").asText().equals("load")
        && event.at("/params/loaderId").equals(loader);
  }

  /** Makes the page look as on paper, or on a screen, in light or dark. */
  void emulate(String media, String colorScheme) throws InterruptedException {
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            media,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
  }

  /** Makes the page so wide, in pixels of CSS. */
  void width(int pixels) throws InterruptedException {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", pixels, "height", 800, "deviceScaleFactor", 1, "mobile", false));
  }

  /** The value of an expression of JavaScript. */
  JsonNode evaluate(String expression) throws InterruptedException {
    JsonNode answer =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(answer.toPrettyString());
    }
    return answer.get("result").path("value");
  }

  /** The addresses that were requested since the page was opened, itself among them. */
  List<String> requests() {
    return events.stream()
        .filter(event -> isCalled(event, "Network.requestWillBeSent"))
        .map(event -> event.at("/params/request/url").asText())
        .toList();
  }

  private static boolean isCalled(JsonNode event, String method) {
    return event.path("method").asText().equals(method);
  }

  private JsonNode call(String method, Map<String, Object> parameters) throws InterruptedException {
    calls++;
    ObjectNode message = JSON.createObjectNode().put("id", calls).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (socket == null) {
      throw new AssertionError("not connected");
    }
    socket.sendText(message.toString(), true).join();
    while (true) {
      JsonNode answer = next();
      if (answer.path("id").asInt() == calls) {
        if (answer.has("error")) {
          throw new AssertionError(method + ": " + answer.get("error"));
        }
        return answer.get("result");
      }
      events.add(answer);
    }
  }

  private JsonNode next() throws InterruptedException {
    JsonNode message = arrived.poll(1, TimeUnit.MINUTES);
    if (message == null) {
      throw new AssertionError("the browser says nothing");
    }
    return message;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
    client.shutdownNow();
  }

  /** Puts messages together and hands them over. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        arrived.add(parsed(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private static JsonNode parsed(String message) {
      try {
        return JSON.readTree(message);
      } catch (IOException e) {
        throw new AssertionError(message, e);
      }
    }
  }
}
