REGISTER("cifar10", cifar10)
REGISTER("fashion-mnist", fashion_mnist)
REGISTER("synthetic-images", synthetic_images)
