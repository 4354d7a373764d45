import Kernel
import Web

/// The form that corrects a person's name, number or home.
enum CorrectionPages {
  static func page(_ signedIn: SignedIn, _ person: Person, _ state: FormState, alerts: [HTML]) -> Page {
    let say = signedIn.say
    let parts = FormParts(state, say)
    let title = say("改正 \(person.displayName) 的资料", "Correct what is written about \(person.displayName)")
    let fields: HTML = """
      \(parts.text("name", Phrase("怎么称呼", "Name"), isRequired: false, maximumLength: 40))\
      \(parts.text("phone", Phrase("新电话", "New telephone number"), hint: Phrase("不改就空着", "Leave empty to keep it"), type: "tel", isRequired: false, maximumLength: 40, inputMode: "tel"))\
      \(parts.text("building", Phrase("新楼号", "New building"), hint: Phrase("没搬家就空着", "Leave empty unless they moved"), isRequired: false, maximumLength: 40))\
      \(parts.text("unit", Phrase("新单元", "New unit"), isRequired: false, maximumLength: 20))\
      \(parts.text("room", Phrase("新房号", "New room"), isRequired: false, maximumLength: 40))\
      \(parts.submit(Phrase("改正", "Correct it")))
      """
    let main: HTML = """
      <h1>\(title)</h1>\
      <p>\(say("换了电话，以后就用新号码登录。搬了家，原来的住户卡作废，要发新的。", "A new number is what they sign in with from now on. After a move the old household card is void and a new one is needed."))</p>\
      <section class="panel">\(parts.form(to: "/desk/people/\(person.id)/correct", token: signedIn.formToken, fields))</section>\
      <p><a href="/desk/people/\(person.id)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }
}
