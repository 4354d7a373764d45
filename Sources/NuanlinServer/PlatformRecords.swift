import Kernel
import People

/// What the platform keeps: numbers of things and of people, and nothing that tells who they are.
enum PlatformRecords {
  static let all = PersonRecords(
    Phrase("程序自己", "The program itself"), tables: [],
    impersonal: [
      ImpersonalTable("platform_migration", Phrase("数据库的版本", "Version of the database")),
      ImpersonalTable("platform_event", Phrase("发生过的事，只有编号", "What happened, numbers alone")),
      ImpersonalTable("platform_event_cursor", Phrase("读到哪里", "How far it was read")),
      ImpersonalTable("platform_job", Phrase("要办的事，只有编号", "Work to do, numbers alone")),
      ImpersonalTable(
        "platform_idempotency", Phrase("防重复提交，七天就忘", "Against sending twice, forgotten in seven days")),
      ImpersonalTable(
        "platform_audit",
        Phrase(
          "谁在什么时候动过什么，只有编号；不能改，也不能删",
          "Who did what and when, numbers alone; never changed and never deleted")),
    ])
}
