import Kernel
import Web

enum PracticeSignInPages {
  /// The door of the practice shop: one field.
  static func signIn(_ visit: Visit, _ state: FormState, alerts: [HTML] = []) -> Page {
    let say = visit.say
    let parts = FormParts(state, say)
    let title = say("进练习店", "Into the practice shop")
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1><p class="lead">\(say("这里什么都可以试：钱是假的，东西不会送来，点错了没关系。", "Try anything here: the money is not real, nothing is delivered, and mistakes do no harm."))</p>\
        <section class="panel">\(parts.form(to: "/practice-sign-in", token: visit.formToken,
          "\(parts.text("code", Phrase("纸条上的练习码", "The code on your slip"), hint: Phrase("八位数字。", "Eight digits."), maximumLength: 12, autocomplete: "off", inputMode: "numeric"))\(parts.submit(Phrase("进去练练", "Go in")))"))</section>\
        <p>\(say("还没有练习码？请找社工要一张，不用报名字和电话。", "No code yet? Ask a social worker for one; you need give no name and no number."))</p>
        """, alerts: alerts)
  }
}
