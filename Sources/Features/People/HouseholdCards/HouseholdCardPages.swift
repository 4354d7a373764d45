import Interop
import Kernel
import Security
import Web

enum HouseholdCardPages {
  /// The first page at a shared tablet.
  static func signIn(_ visit: Visit, _ state: FormState, alerts: [HTML] = []) -> Page {
    let say = visit.say
    let parts = FormParts(state, say)
    let fields: HTML = """
      \(parts.text("card", Phrase("住户卡", "Household card"), hint: Phrase("扫卡上的码，或输入八位卡号。", "Scan the code on the card, or type its eight digits."), maximumLength: 60, autocomplete: "off"))\
      \(parts.text("pin", Phrase("六位密码", "Six-digit PIN"), type: "password", maximumLength: 12, autocomplete: "off", inputMode: "numeric"))\
      \(parts.submit(Phrase("进去看看", "Go in")))
      """
    let main: HTML = """
      <h1>\(say("用住户卡", "Use a household card"))</h1>\
      <section class="panel">\(parts.form(to: "/card", token: visit.formToken, fields))</section>\
      <p>\(say("不方便的话，请旁边的工作人员帮忙，或打页面下方的电话，我们为您下单。", "If this is difficult, ask someone here, or call the number below and we will order for you."))</p>
      """
    return Page(title: say("用住户卡", "Household card"), main: main, alerts: alerts)
  }

  static func issue(_ signedIn: SignedIn, _ person: Person, _ state: FormState, alerts: [HTML] = []) -> Page {
    let say = signedIn.say
    let parts = FormParts(state, say)
    let fields: HTML = """
      \(parts.text("pin", Phrase("本人想用的六位密码", "The six digits the holder chooses"), hint: Phrase("请把设备递给本人输入。空着就由系统来定，印在另一张小条上。", "Hand the device to the holder for this. Left empty, one is made and printed on a separate slip."), type: "password", isRequired: false, maximumLength: 12, autocomplete: "off", inputMode: "numeric"))\
      \(parts.submit(Phrase("发卡并打印", "Issue and print")))
      """
    let main: HTML = """
      <h1>\(say("给\(person.displayName)发住户卡", "A household card for \(person.displayName)"))</h1>\
      <p>\(say("卡号和二维码只显示这一次，请先准备好打印机。", "Number and QR code are shown this once, so have the printer ready."))</p>\
      <section class="panel">\(parts.form(to: "/desk/people/\(person.id)/card", token: signedIn.formToken, fields))</section>\
      <p><a href="/desk/people/\(person.id.description)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: say("发住户卡", "Issue a card"), kind: .staff, main: main, alerts: alerts)
  }

  /// The card to print, and its PIN on a slip of its own.
  /// - Parameter showsPIN: false where the holder chose it.
  static func print(
    _ signedIn: SignedIn, _ person: Person, _ secrets: CardSecrets, showsPIN: Bool
  ) throws -> Page {
    let say = signedIn.say
    let qr = HTML(
      trusted: Array(
        try QRCode(secrets.token.text, correction: .quartile).svg(
          title: say("住户卡的二维码", "QR code of the card")
        ).utf8))
    let slip: HTML =
      showsPIN
      ? """
      <section class="label page-break"><h2>\(say("密码条：请和卡分开放", "PIN slip: keep it apart from the card"))</h2>\
      <p>\(person.displayName)</p><p class="code">\(secrets.pin)</p>\
      <p>\(say("记住以后请撕掉。工作人员不会问您密码。", "Tear it up once you know it. Nobody of us will ask for it."))</p></section>
      """ : .empty
    let main: HTML = """
      <div class="print large-type"><section class="label"><h1>\(say(signedIn.community.name)) · \(say("住户卡", "Household card"))</h1>\
      <p class="lead">\(person.displayName)</p>\(qr)\
      <p class="code">\(secrets.number.prefix(4)) \(secrets.number.suffix(4))</p>\
      <ol><li>\(say("在平板上扫这个码，或输入卡号。", "Scan this at the tablet, or type the number."))</li>\
      <li>\(say("输入六位密码。", "Enter the six-digit PIN."))</li>\
      <li>\(say("选好以后，按“我用完了”。", "When you have finished, press “I am done”."))</li></ol>\
      <p class="lead">\(say("卡丢了、不会用，打电话：", "Lost it, or need help? Call")) ☎ \(signedIn.community.phoneNumber)</p></section>\(slip)</div>\
      <p class="actions"><a class="button quiet" href="/desk/people/\(person.id.description)">\(say("打印后返回", "Back after printing"))</a></p>
      """
    return Page(title: say("住户卡", "Household card"), kind: .print, main: main)
  }
}
