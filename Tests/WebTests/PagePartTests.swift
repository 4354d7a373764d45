import Testing

@testable import Web

@Suite("Parts that pages are put together from")
struct PagePartTests {
  @Test func `A button of its own sends its token, its key and what else it was given, escaped`() {
    let button = PageParts.button(
      "删掉", to: "/things/1", token: "t", key: "k", [("seen", "1"), ("word", "\"")], isQuiet: true)
    #expect(
      button.text == """
        <form method="post" action="/things/1"><input type="hidden" name="form_token" value="t">\
        <input type="hidden" name="idempotency_key" value="k"><input type="hidden" name="seen" value="1">\
        <input type="hidden" name="word" value="&quot;">\
        <button class="button quiet" type="submit">删掉</button></form>
        """)
  }

  @Test func `Without a key none is sent, and a lone button is a line of actions`() {
    let button = PageParts.loneButton("停", to: "/stop", token: "t")
    #expect(
      button.text == """
        <form method="post" action="/stop"><input type="hidden" name="form_token" value="t">\
        <p class="actions"><button class="button" type="submit">停</button></p></form>
        """)
  }
}
