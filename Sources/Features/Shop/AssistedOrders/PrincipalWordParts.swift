import Kernel
import People
import Web

/// The ways in which somebody says yes or no to what a helper asked for them: the same wherever somebody is asked.
///
/// Each button posts to `PATH/pin`, `PATH/code`, `PATH/agree` or `PATH/decline`.
struct PrincipalWordParts {
  /// Where what was asked is at home: `/assisted-orders/12`.
  let path: String
  /// What the person is called.
  let person: String
  let ways: Set<ConfirmationWay>
  /// The number of the next code on the person's printed sheet; nil without a sheet.
  let nextCode: Int64?
  /// What a yes brings about, as the button says it: `Yes, order it`.
  let agree: Phrase
  let formToken: String
  let say: Wording

  /// On the helper's device, once it was read out.
  func heard(_ state: FormState) -> HTML {
    """
    <h2>\(say("念完了，请本人确认", "Read out? Now their yes"))</h2>\(pin(state))\(callBack(state))\(relative)\(paper)\(decline)
    """
  }

  /// For the person's own household, and the relative who holds the key.
  func own(mayAgree: Bool) -> HTML {
    mayAgree
      ? """
      <form method="post" action="\(path)/agree"><input type="hidden" name="form_token" value="\(formToken)">\
      <p class="actions"><button class="button">\(say(agree))</button></p></form>\(decline)
      """ : decline
  }

  private func pin(_ state: FormState) -> HTML {
    guard ways.contains(.pin) else { return .empty }
    let parts = FormParts(state, say)
    return """
      <section class="card"><h3>\(say(ConfirmationWay.pin.name))</h3>\
      <p>\(say("请把设备递给\(person)，由本人输入六位密码。", "Hand the device to \(person) for the six digits."))</p>\
      \(parts.form(to: "\(path)/pin", token: formToken, """
        \(parts.text("pin", Phrase("六位密码", "Six-digit PIN"), type: "password", maximumLength: 12, autocomplete: "off", inputMode: "numeric"))\
        \(parts.submit(agree))
        """))</section>
      """
  }

  private func callBack(_ state: FormState) -> HTML {
    guard ways.contains(.callBack) else { return .empty }
    guard let nextCode else {
      return """
        <section class="card"><h3>\(say(ConfirmationWay.callBack.name))</h3>\
        <p>\(say("\(person)手里没有可用的密码纸了，请先给一张新的。", "\(person) has no sheet of codes left; please give a new one first."))</p></section>
        """
    }
    let parts = FormParts(state, say)
    return """
      <section class="card"><h3>\(say(ConfirmationWay.callBack.name))</h3>\
      <p>\(say("给\(person)打电话，念完上面的单子，再请本人念密码纸上的第 \(nextCode) 号。", "Call \(person), read the list out, then ask for number \(nextCode) on the sheet."))</p>\
      \(parts.form(to: "\(path)/code", token: formToken, """
        \(parts.hidden("number", String(nextCode)))\
        \(parts.text("code", Phrase("第 \(nextCode) 号密码", "Code number \(nextCode)"), maximumLength: 12, autocomplete: "off", inputMode: "numeric"))\
        \(parts.submit(Phrase("本人念的是这个。\(agree.chinese)", "This is what they said. \(agree.english)")))
        """))</section>
      """
  }

  private var relative: HTML {
    guard ways.contains(.familyKey) else { return .empty }
    return """
      <section class="card"><h3>\(say(ConfirmationWay.familyKey.name))</h3>\
      <p>\(say("已经告诉家人了。家人在自己的手机上点头就算数。", "The relative has been told; their yes on their own phone counts."))</p></section>
      """
  }

  /// Where paper is the only way, nothing here can be confirmed.
  private var paper: HTML {
    guard ways == [.paper] else { return .empty }
    return """
      <section class="card"><h3>\(say(ConfirmationWay.paper.name))</h3>\
      <p>\(say("\(person)只在纸单上点头，这里没法确认。请用纸单：本人打勾，再照着录入。", "\(person) says yes on paper only, so this cannot be confirmed here. Please use a paper list: they tick it, and it is keyed in from there."))</p></section>
      """
  }

  private var decline: HTML {
    """
    <form method="post" action="\(path)/decline"><input type="hidden" name="form_token" value="\(formToken)">\
    <p class="actions"><button class="button danger">\(say("不要了", "No, leave it"))</button></p></form>
    """
  }
}
