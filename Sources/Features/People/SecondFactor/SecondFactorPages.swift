import Interop
import Kernel
import Security
import Web

/// Setting up an authenticator.
enum SecondFactorPages {
  static func begin(_ signedIn: SignedIn, isNeeded: Bool, hasOne: Bool) -> Page {
    let say = signedIn.say
    let why: HTML =
      isNeeded
      ? PageParts.notice(
        say(
          "您的工作会看到邻居的资料，所以登录时还要一个六位验证码。设好之前，工作页面打不开。",
          "Your work shows you other people's data, so signing in also takes a six-digit code. Until it is set up, the staff pages stay closed."
        )) : .empty
    let present: HTML =
      hasOne
      ? "<p>\(say("您已经设了验证器。换手机时可以重新设一个，旧的就不能用了。", "You have an authenticator. When you change phones, set up a new one; the old one then stops working."))</p>"
      : .empty
    let main: HTML = """
      <h1>\(say("设置验证器", "Set up an authenticator"))</h1>\(why)\(present)\
      <p>\(say("先在手机上装一个验证器程序，比如系统自带的密码管理，或任何支持 TOTP 的程序。", "First install an authenticator on your phone, such as its own password manager or any program that supports TOTP."))</p>\
      <form method="post" action="/account/second-factor"><input type="hidden" name="form_token" value="\(signedIn.formToken)">\
      <p class="actions"><button class="button" type="submit">\(say("显示二维码", "Show the QR code"))</button></p></form>
      """
    return Page(title: say("设置验证器", "Authenticator"), main: main)
  }

  /// - Throws: `qr.too_long`, which an address of ours never is.
  static func confirm(
    _ signedIn: SignedIn, _ state: FormState, _ candidate: TimeBasedCode, alerts: [HTML] = []
  ) throws -> Page {
    let say = signedIn.say
    let parts = FormParts(state, say)
    let address = candidate.address(
      issuer: "Nuanlin \(signedIn.community.name.english)", account: signedIn.session.displayName)
    let code = HTML(
      trusted: Array(try QRCode(address).svg(title: say("验证器的二维码", "QR code for the authenticator")).utf8))
    let fields: HTML = """
      \(parts.text("code", Phrase("验证器上的六位数", "The six digits it shows"), maximumLength: 12, autocomplete: "one-time-code", inputMode: "numeric"))\
      \(parts.submit(Phrase("启用", "Use it from now on")))
      """
    let main: HTML = """
      <h1>\(say("扫一扫，再输入六位数", "Scan it, then enter six digits"))</h1>\
      <section class="panel">\(code)\
      <p>\(say("扫不了？手工输入这串字：", "Cannot scan it? Type this in by hand:"))</p>\
      <p><code>\(grouped(Base32.encode(candidate.secret)))</code></p>\
      \(parts.form(to: "/account/second-factor/confirm", token: signedIn.formToken, fields))</section>
      """
    return Page(title: say("设置验证器", "Authenticator"), main: main, alerts: alerts)
  }

  private static func grouped(_ text: String) -> String {
    var groups = ""
    for (position, character) in text.enumerated() {
      if position > 0, position % 4 == 0 { groups.append(" ") }
      groups.append(character)
    }
    return groups
  }
}
