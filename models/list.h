REGISTER("resnet<6n+2>-<bn|gn|evonorm>[-w<k>]", resnet)
REGISTER("vgg11-w<k>", vgg11)
REGISTER("textcnn-v<V>-e<E>-c<C>[-d<percent>]", textcnn)
