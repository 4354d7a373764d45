package import Kernel

/// Something that a person is told.
package enum MessageRowKind {}
package typealias MessageID = Identifier<MessageRowKind>

/// One attempt to bring a message to its recipient by one way.
package enum DeliveryKind {}
package typealias DeliveryID = Identifier<DeliveryKind>
