import Kernel
import Security
import Web

/// The devices that a person is signed in on.
enum SessionPages {
  static func list(_ signedIn: SignedIn, _ sessions: [SessionEntry]) -> Page {
    let say = signedIn.say
    let rows = sessions.map { session -> [HTML] in
      let isThis = session.hash == signedIn.session.hash
      return [
        HTML(text: levelName(session.level, say)), HTML(text: say.dateTime(session.createdAt)),
        HTML(text: say.dateTime(session.lastSeenAt)),
        isThis
          ? PageParts.tag(say("就是这台", "This one"), .good)
          : """
          <form method="post" action="/account/sessions/end"><input type="hidden" name="form_token" value="\(signedIn.formToken)">\
          <input type="hidden" name="session" value="\(Hexadecimal.encode(session.hash))">\
          <button class="button quiet" type="submit">\(say("退出这台", "Sign it out"))</button></form>
          """,
      ]
    }
    let table = PageParts.table(
      caption: say("登录着的设备", "Devices signed in"),
      columns: [
        TableColumn(say("方式", "Way")), TableColumn(say("登录时间", "Signed in")),
        TableColumn(say("最近使用", "Last used")), TableColumn(say("操作", "Action")),
      ], rows: rows)
    let others: HTML =
      sessions.count > 1
      ? """
      <form method="post" action="/account/sessions/end-others"><input type="hidden" name="form_token" value="\(signedIn.formToken)">\
      <p class="actions"><button class="button danger" type="submit">\(say("退出其他所有设备", "Sign out everywhere else"))</button></p></form>
      """ : .empty
    let main: HTML = """
      <h1>\(say("登录着的设备", "Devices signed in"))</h1>\
      <p>\(say("有不认识的？退出它，再改一个密码。", "One you do not know? Sign it out and change your password."))</p>\
      \(table)\(others)<p><a href="/account">\(say("返回", "Back"))</a></p>
      """
    return Page(title: say("登录着的设备", "Devices signed in"), main: main)
  }

  private static func levelName(_ level: SignInLevel, _ say: Wording) -> String {
    switch level {
    case .card: say("住户卡", "Household card")
    case .password: say("密码", "Password")
    case .secondFactor: say("密码和验证器", "Password and authenticator")
    }
  }
}
