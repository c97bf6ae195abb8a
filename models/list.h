REGISTER("resnet<6n+2>-<bn|gn|evonorm>[-w<k>]", resnet)
REGISTER("vgg11-w<k>", vgg11)
