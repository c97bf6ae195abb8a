REGISTER("resnet<6n+2>-<bn|gn|evonorm>[-w<k>]", resnet) SHOWN("ResNet-")
REGISTER("vgg11-w<k>", vgg11) SHOWN("VGG-11-w")
REGISTER("vgg11-relay-w<k>", vgg11_relay) SHOWN("VGG-11-relay-w")
REGISTER("textcnn-v<V>-e<E>-c<C>[-d<percent>]", textcnn) SHOWN("TextCNN-v")
